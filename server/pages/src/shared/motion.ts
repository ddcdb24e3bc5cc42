// How things move: not at all for readers whose system says so.

export const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

export const scrolling = (): ScrollBehavior => (still() ? "instant" : "smooth");
