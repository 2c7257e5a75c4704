import { useEffect, useRef } from 'react';

/** The title of a page. It gets the focus when the page is opened, so that readers hear where they are. */
export function PageTitle({ children }: { children: string }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · Business M`;
  }, [children]);
  useEffect(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body || !activeElement.closest('main, dialog'))
      ref.current?.focus();
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children}
    </h1>
  );
}
