import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The page lives under `default-src 'self'; style-src 'self' 'unsafe-inline'`: so nothing is inlined as a
 * data: URL (which `font-src` and `img-src` would refuse), and there is no inline script.
 */
export default defineConfig({
  root: here('.'),
  plugins: [react()],
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // Only the application: gallery.html is served by the development server and never built.
    rolldownOptions: {
      input: here('./index.html'),
      output: {
        // What the first page needs comes in a few files that compress well, instead of one file for each part
        // that two pages happen to share. Each takes along what it imports, the first ones first.
        codeSplitting: {
          groups: [
            { name: 'start', test: /\/apps\/web\/(main|routes)\.tsx$/, priority: 3 },
            { name: 'frame', test: /\/apps\/web\/shell\/Shell\.tsx$/, priority: 2 },
            { name: 'list', test: /\/apps\/web\/ui\/(table\/DataTable|FilterBar)\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    // Not all of /api: the sources of the client are served from a folder of that name.
    proxy: { '/api/v1': { target: 'http://127.0.0.1:3000', changeOrigin: false } },
  },
});
