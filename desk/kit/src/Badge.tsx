import { styled, Text } from '@tamagui/core';
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

const Frame = styled(Text, {
  fontFamily: '$body',
  fontSize: '$1',
  lineHeight: '$1',
  fontWeight: '500',
  paddingHorizontal: 7,
  paddingVertical: 1,
  borderRadius: '$round',
  whiteSpace: 'nowrap',
  variants: {
    tone: {
      neutral: { backgroundColor: '$sunken', color: '$text' },
      accent: { backgroundColor: '$accentSoft', color: '$accentText' },
      success: { backgroundColor: '$successSoft', color: '$success' },
      warning: { backgroundColor: '$warningSoft', color: '$warning' },
      danger: { backgroundColor: '$dangerSoft', color: '$danger' },
    },
  } as const,
});

const TONES: Record<string, Tone> = {
  draft: 'warning',
  open: 'accent',
  closing: 'warning',
  posted: 'success',
  active: 'success',
  paid: 'success',
  reversed: 'danger',
  cancelled: 'neutral',
  closed: 'neutral',
  blocked: 'danger',
};

/** The tone in which a state is shown; unknown words are neutral. */
export const toneOf = (value: string): Tone => TONES[value.toLowerCase()] ?? 'neutral';

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <Frame tone={tone}>{children}</Frame>;
}
