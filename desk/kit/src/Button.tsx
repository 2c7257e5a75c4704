import { styled } from '@tamagui/core';
import type { MouseEvent, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './Icon';

const Frame = styled.button({
  display: 'inline-flex',
  flexDirection: 'row',
  alignItems: 'center',
  justifyContent: 'center',
  gap: 6,
  minHeight: 32,
  paddingHorizontal: 12,
  paddingVertical: 0,
  margin: 0,
  borderWidth: 1,
  borderStyle: 'solid',
  borderRadius: '$2',
  cursor: 'pointer',
  flexShrink: 0,
  variants: {
    look: {
      primary: {
        backgroundColor: '$accent',
        borderColor: '$accent',
        color: '$accentOn',
        hoverStyle: { backgroundColor: '$accentHover', borderColor: '$accentHover' },
      },
      plain: {
        backgroundColor: '$surface',
        borderColor: '$control',
        color: '$text',
        hoverStyle: { backgroundColor: '$hover' },
      },
      quiet: {
        backgroundColor: 'transparent',
        borderColor: 'transparent',
        color: '$accentText',
        hoverStyle: { backgroundColor: '$hover' },
      },
      danger: {
        backgroundColor: '$surface',
        borderColor: '$danger',
        color: '$danger',
        hoverStyle: { backgroundColor: '$dangerSoft' },
      },
    },
    square: { true: { paddingHorizontal: 0, width: 32 } },
    off: { true: { opacity: 0.55, cursor: 'not-allowed' } },
  } as const,
});

export interface ButtonProps {
  children?: ReactNode;
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  /** What it does, where there is no text, or where the text is not enough. */
  label?: string;
  type?: 'button' | 'submit';
  disabled?: boolean | undefined;
  /** The work goes on: it cannot be pressed, and says so. */
  busy?: boolean | undefined;
  onPress?: (() => void) | undefined;
  expanded?: boolean;
  controls?: string;
  pressed?: boolean;
  hotkey?: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

/** Every button. It stays focusable while busy, so that the keyboard's place is not lost. */
export function Button(props: ButtonProps) {
  const { children, look = 'plain', icon, label, type = 'button', disabled, busy, onPress } = props;
  const off = Boolean(disabled || busy);
  return (
    <Frame
      ref={props.buttonRef as never}
      type={type}
      className="button"
      look={look}
      square={children === undefined}
      off={off}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-label={label}
      aria-expanded={props.expanded}
      aria-controls={props.controls}
      aria-pressed={props.pressed}
      aria-keyshortcuts={props.hotkey}
      title={children === undefined ? label : undefined}
      onClick={(event: MouseEvent) => {
        if (off) event.preventDefault();
        else onPress?.();
      }}
    >
      {icon && <Icon name={icon} />}
      {children}
    </Frame>
  );
}
