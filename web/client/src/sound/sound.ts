// Clicks and spoken cues. Silent until somebody taps: browsers want it so, and so do neighbours.

export interface Sound {
  click(): void;
  say(sentence: string): void;
  close(): void;
}

export type Supported = { clicks: boolean; speech: boolean };

export function supported(): Supported {
  return { clicks: "AudioContext" in window, speech: "speechSynthesis" in window };
}

/** To be called from a tap. */
export function startSound(): Sound {
  const { clicks, speech } = supported();
  const audio = clicks ? new AudioContext() : null;
  void audio?.resume();
  return {
    click: () => audio && click(audio),
    say: (sentence) => speech && say(sentence),
    close: () => {
      void audio?.close();
      if (speech) speechSynthesis.cancel();
    },
  };
}

const CLICK_S = 0.04;

/** A short knock, low enough to be heard through the noise of a treadmill. */
function click(audio: AudioContext) {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  const now = audio.currentTime;
  tone.frequency.setValueAtTime(900, now);
  tone.frequency.exponentialRampToValueAtTime(200, now + CLICK_S);
  loudness.gain.setValueAtTime(0.5, now);
  loudness.gain.exponentialRampToValueAtTime(0.001, now + CLICK_S);
  tone.connect(loudness).connect(audio.destination);
  tone.start(now);
  tone.stop(now + CLICK_S);
}

/** The newest sentence only: one that waits behind another comes too late. */
function say(sentence: string) {
  const spoken = new SpeechSynthesisUtterance(sentence);
  spoken.lang = document.documentElement.lang;
  speechSynthesis.cancel();
  speechSynthesis.speak(spoken);
}
