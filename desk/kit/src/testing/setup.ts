import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { startTexts } from '../texts';

// What jsdom does not have.
const nothing = () => undefined;
window.matchMedia = (media: string) =>
  ({
    media,
    matches: false,
    addEventListener: nothing,
    removeEventListener: nothing,
    addListener: nothing,
    removeListener: nothing,
  }) as never;
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
};
HTMLElement.prototype.showPopover = function () {
  this.removeAttribute('popover');
};
window.scrollTo = nothing;

configure({ asyncUtilTimeout: 8000, getElementError: (message) => new Error(message?.slice(0, 600)) });
startTexts();

afterEach(() => {
  cleanup();
  localStorage.clear();
});
