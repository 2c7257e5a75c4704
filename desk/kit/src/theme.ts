import { createFont, createTamagui, createTokens } from '@tamagui/core';

const family =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial, sans-serif';

const light = {
  background: '#f5f6f8',
  surface: '#ffffff',
  sunken: '#eceff3',
  hover: '#f0f4f9',
  border: '#d8dde4',
  control: '#7f8a99',
  text: '#18212c',
  muted: '#545f6d',
  accent: '#1d5c9e',
  accentHover: '#164a82',
  accentOn: '#ffffff',
  accentSoft: '#e3edf8',
  accentText: '#174f8c',
  danger: '#a8241c',
  dangerSoft: '#fbe9e7',
  success: '#196237',
  successSoft: '#e2f2e8',
  warning: '#734800',
  warningSoft: '#fcf0d6',
  shadow: 'rgba(20, 30, 45, 0.18)',
};

const dark: typeof light = {
  background: '#11151a',
  surface: '#191f26',
  sunken: '#0d1115',
  hover: '#212934',
  border: '#303945',
  control: '#75818f',
  text: '#e5e9ee',
  muted: '#a4afbc',
  accent: '#7fb4ef',
  accentHover: '#9cc6f5',
  accentOn: '#0a1a2b',
  accentSoft: '#1c3350',
  accentText: '#9fc9f7',
  danger: '#ff9d92',
  dangerSoft: '#43201d',
  success: '#80d49c',
  successSoft: '#15351f',
  warning: '#f0c26a',
  warningSoft: '#3b2d0d',
  shadow: 'rgba(0, 0, 0, 0.6)',
};

const steps = { 0: 0, 1: 4, 2: 8, 3: 12, 4: 16, 5: 24, 6: 32, true: 8 };

/** Tokens and the two themes. Every pair of text and ground has a contrast of 4.5:1 or more, edges of controls 3:1. */
export const theme = createTamagui({
  tokens: createTokens({
    color: {},
    space: steps,
    size: steps,
    radius: { 0: 0, 1: 4, 2: 6, 3: 10, round: 999, true: 6 },
    zIndex: { 0: 0, 1: 10, 2: 100 },
  }),
  themes: { light, dark },
  fonts: {
    body: createFont({
      family,
      size: { 1: 12, 2: 13, 3: 14, 4: 16, 5: 20, 6: 26, true: 14 },
      lineHeight: { 1: 16, 2: 18, 3: 20, 4: 22, 5: 26, 6: 32, true: 20 },
      weight: { 4: '400', 5: '500', 6: '600', true: '400' },
    }),
  },
  media: { narrow: { maxWidth: 719 }, medium: { maxWidth: 1179 } },
  shorthands: {},
  settings: { disableSSR: true, defaultFont: 'body', addThemeClassName: 'html' },
});

type Theme = typeof theme;

declare module '@tamagui/core' {
  interface TamaguiCustomConfig extends Theme {}
}
