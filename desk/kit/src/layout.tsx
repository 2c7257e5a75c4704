import { styled, Text, View } from '@tamagui/core';

/** Things side by side; they wrap where there is no room. */
export const Row = styled(View, {
  flexDirection: 'row',
  alignItems: 'center',
  gap: '$2',
  minWidth: 0,
  maxWidth: '100%',
  flexShrink: 1,
  variants: {
    wrap: { true: { flexWrap: 'wrap' } },
    apart: { true: { justifyContent: 'space-between' } },
    top: { true: { alignItems: 'flex-start' } },
  } as const,
});

/** Things below each other. */
export const Column = styled(View, {
  flexDirection: 'column',
  minWidth: 0,
  gap: '$2',
  variants: {
    loose: { true: { gap: '$4' } },
    grow: { true: { flexGrow: 1, flexShrink: 1, flexBasis: 0 } },
  } as const,
});

/** A sheet on the page. */
export const Card = styled(View, {
  flexDirection: 'column',
  backgroundColor: '$surface',
  borderWidth: 1,
  borderStyle: 'solid',
  borderColor: '$border',
  borderRadius: '$2',
  minWidth: 0,
  variants: {
    padded: { true: { padding: '$4', gap: '$3' } },
  } as const,
});

export const Txt = styled(Text, {
  fontFamily: '$body',
  fontSize: '$3',
  lineHeight: '$3',
  color: '$text',
  variants: {
    small: { true: { fontSize: '$1', lineHeight: '$1' } },
    muted: { true: { color: '$muted' } },
    strong: { true: { fontWeight: '600' } },
  } as const,
});
