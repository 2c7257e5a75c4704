import '@business-m/kit/kit.css';
import './shell.css';
import { startTexts } from '@business-m/kit';
import { createRoot } from 'react-dom/client';
import { App } from './App';

startTexts();
const root = document.getElementById('desk');
if (!root) throw new Error('The page has no place for the Desk.');
createRoot(root).render(<App />);
