/** A drawing of where a site stands: one node below, branches on an arc above it, their leaves outside. */
export type Branch = { leaves: number; isCurrent: boolean }
export type Point = { x: number; y: number }
export type FanNode = Point & { isCurrent: boolean; leaves: Point[] }
export type Fan = { width: number; height: number; root: Point; nodes: FanNode[] }

const WIDTH = 520
const HEIGHT = 266
const ROOT: Point = { x: WIDTH / 2, y: HEIGHT - 13 }
/** Radii of the branches alone, and of branches and leaves where there are leaves. */
const ALONE = 196
const INNER = 138
const OUTER = 228
/** The arc stays clear of the ground line at both ends, in radians. */
const MARGIN = 0.1

const round = (value: number) => Math.round(value * 10) / 10
const at = (angle: number, radius: number): Point => ({
  x: round(ROOT.x - Math.cos(angle) * radius),
  y: round(ROOT.y - Math.sin(angle) * radius),
})

/** Positions of all nodes; a branch gets as much of the arc as it has leaves. */
export function fanOf(branches: readonly Branch[]): Fan {
  const hasLeaves = branches.some(({ leaves }) => leaves > 0)
  const weights = branches.map(({ leaves }) => leaves + 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const arc = Math.PI - 2 * MARGIN
  let before = 0
  const nodes = branches.map(({ leaves, isCurrent }, index): FanNode => {
    const share = (weights[index]! / total) * arc
    const start = MARGIN + (before / total) * arc
    before += weights[index]!
    const radius = hasLeaves ? INNER : ALONE
    return {
      ...at(start + share / 2, radius),
      isCurrent,
      leaves: Array.from({ length: leaves }, (_, leaf) => at(start + (share * (leaf + 1)) / (leaves + 1), OUTER)),
    }
  })
  return { width: WIDTH, height: HEIGHT, root: ROOT, nodes }
}
