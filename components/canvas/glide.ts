/**
 * How long the view glides, in milliseconds: not at all for people whose system asks for less motion. (The browser
 * tests ask for it too: a line let go while the view still glides ends beside its target.)
 */
export function glide(ms: number): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : ms;
}
