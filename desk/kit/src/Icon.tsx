const PATHS = {
  search: 'M11 11l3.5 3.5M12.5 7a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  filter: 'M2 3.5h12M4.5 8h7M6.5 12.5h3',
  columns: 'M2 3h12v10H2zM6 3v10M10 3v10',
  download: 'M8 2v8M4.5 7L8 10.5 11.5 7M3 13.5h10',
  upload: 'M8 10.5v-8M4.5 6L8 2.5 11.5 6M3 13.5h10',
  up: 'M8 12.5v-9M4.5 7L8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9L8 12.5 11.5 9',
  trash: 'M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4M6.7 6.5v4.5M9.3 6.5v4.5',
  book: 'M3 2.5h8.5a1.5 1.5 0 0 1 1.5 1.5v9.5H4.5A1.5 1.5 0 0 1 3 12zM3 12a1.5 1.5 0 0 1 1.5-1.5H13',
  people:
    'M8.5 5.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M11 3.4a2.4 2.4 0 0 1 0 4.4M12.2 9.8c1.5.5 2.5 1.8 2.5 3.7',
  settings:
    'M2 5h7M12 5h2M2 11h2M7 11h7M12 5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0zM7 11a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0z',
  folder: 'M1.5 4.5v8h13v-7H8L6.5 3.5h-5z',
  home: 'M2 7.5L8 2.5l6 5M3.5 6.5v7h9v-7',
  star: 'M8 2l1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawn sign. It says nothing by itself: the text or label beside it does. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
