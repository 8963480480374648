/** A colour as templates write it: `#9c1d23`. */
export const HEX_COLOUR = /^#[0-9a-f]{6}$/

/**
 * Contrast between two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance").
 * @throws RangeError when a colour is not written as `#rrggbb`
 */
export function contrastRatio(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  if (!HEX_COLOUR.test(colour)) throw new RangeError(`${JSON.stringify(colour)} is no colour of the form #rrggbb`)
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
