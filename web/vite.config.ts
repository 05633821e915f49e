import { defineConfig } from 'vite';

// The pages come from the server, which reads the manifest to find what was built. /assets/ is where it serves that.
export default defineConfig({
  base: '/assets/',
  build: {
    target: 'es2022',
    manifest: 'manifest.json',
    assetsDir: '',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: { input: 'src/main.ts' },
  },
  worker: { format: 'es' },
});
