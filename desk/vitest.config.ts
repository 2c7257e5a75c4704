import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      'react-native-web': '@tamagui/react-native-web-lite',
      'react-native': '@tamagui/react-native-web-lite',
    },
  },
  define: { 'process.env.TAMAGUI_TARGET': JSON.stringify('web') },
  test: {
    environment: 'jsdom',
    include: ['sdk/src/**/*.test.ts', '{kit,shell,modules/*}/src/**/*.test.{ts,tsx}'],
    setupFiles: ['kit/src/testing/setup.ts'],
    server: { deps: { inline: [/@tamagui/] } },
    env: { TZ: 'UTC' },
    restoreMocks: true,
    testTimeout: 60_000,
  },
});
