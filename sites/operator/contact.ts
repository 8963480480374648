export type Contact = ReturnType<typeof createContact>

/**
 * When the delivery server was last heard of. The wall clock tells it to a later process only; within this one a steady clock counts, so
 * that a clock which is turned makes no page stale and hides no silence.
 */
export function createContact({
  contactAt,
  wall,
  steady,
}: {
  /** What an earlier process has noted, milliseconds since 1970; 0 for never. */
  contactAt: number
  wall: () => number
  /** Milliseconds of a clock that nobody can turn. */
  steady: () => number
}) {
  let at = contactAt
  let heardAt = contactAt === 0 ? null : steady() - Math.max(0, wall() - contactAt)
  return {
    heard: (): void => {
      at = wall()
      heardAt = steady()
    },
    /** Milliseconds since 1970; 0 for never. */
    at: () => at,
    /** Milliseconds without a word; infinite when there never was one. */
    silenceMs: () => (heardAt === null ? Number.POSITIVE_INFINITY : steady() - heardAt),
  }
}
