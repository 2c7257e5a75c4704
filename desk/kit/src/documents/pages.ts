export { DocumentPage } from './form/DocumentPage';
export { DocumentList } from './list/DocumentList';
export { type ListView, viewOf } from './list/filters';
export { ImportPage } from './list/ImportPage';
