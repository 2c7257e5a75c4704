import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.M_API ?? 'http://127.0.0.1:5080';
const served = ['/api', '/openapi', '/health'];

export default defineConfig({
  base: '/',
  plugins: [react()],
  resolve: {
    alias: {
      'react-native-web': '@tamagui/react-native-web-lite',
      'react-native': '@tamagui/react-native-web-lite',
    },
    dedupe: ['react', 'react-dom', '@tamagui/core', '@tamagui/web'],
  },
  define: { 'process.env.TAMAGUI_TARGET': JSON.stringify('web') },
  server: { proxy: Object.fromEntries(served.map((path) => [path, api])) },
  preview: { proxy: Object.fromEntries(served.map((path) => [path, api])) },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
