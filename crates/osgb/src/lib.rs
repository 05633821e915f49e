//! osgb
