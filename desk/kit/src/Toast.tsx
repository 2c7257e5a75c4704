import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

const SHOWN_MS = 6000;

interface Message {
  id: number;
  text: string;
  tone: 'success' | 'danger';
}

type Say = (text: string, tone?: Message['tone']) => void;

const Context = createContext<Say>(() => undefined);

/** Says in passing that something was done; what needs an answer is no toast. */
export const useToast = () => useContext(Context);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const say = useCallback<Say>((text, tone = 'success') => {
    const message = { id: performance.now(), text, tone };
    setMessages((before) => [...before.slice(-2), message]);
    setTimeout(() => setMessages((before) => before.filter((m) => m !== message)), SHOWN_MS);
  }, []);
  const shown = useMemo(() => messages.map((m) => <Shown key={m.id} message={m} />), [messages]);
  return (
    <Context.Provider value={say}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {shown}
      </div>
    </Context.Provider>
  );
}

function Shown({ message }: { message: Message }) {
  return <div className={`toast ${message.tone}`}>{message.text}</div>;
}
