// One sentence that somebody asked for; it goes by itself.
import { useEffect, useState } from "preact/hooks";
import type { Ask } from "./numbers";

const NOTICE_MS = 8000;

/** The sentence, how to say one, and how to ask for one: asked twice, it goes. */
export function useNotice(): [string | null, (words: string) => void, Ask] {
  const [notice, set] = useState<{ words: string } | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => set(null), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const ask: Ask = (why) => set(why === notice?.words ? null : { words: why });
  return [notice?.words ?? null, (words) => set({ words }), ask];
}
