/**
 * Addresses that Payload opens by itself and that nobody here needs: `method /collection/path`, with `*` for any collection.
 * Each answers as if it were not there. What is open, and for whom, stands in `access/matrix/`.
 */
export const CLOSED_DOORS: readonly string[] = [
  // Histories are kept by the review chain, under `/:id/versions`.
  'get /*/versions', 'get /*/versions/:id', 'post /*/versions/:id',
  // A copy would carry sign-offs of another text in its fields.
  'post /*/:id/duplicate',
  // Without mail there is no way to prove who asks: the security administrator sets a new password.
  'post /users/forgot-password', 'post /users/reset-password', 'post /users/verify/:id',
  // The first accounts are made by `npm run setup`, never by whoever comes first.
  'post /users/first-register', 'get /users/init',
  // Files come from the person's own computer.
  'get /media/paste-url/:id?',
  // How a person's pages are arranged is kept by key and read by its owner; there is no list of it, and nothing of it to delete.
  'get /payload-preferences', 'post /payload-preferences', 'patch /payload-preferences', 'patch /payload-preferences/:id', 'delete /payload-preferences',
  'delete /payload-preferences/:key',
]

/** Collections that Payload keeps for itself, closed as a whole. */
export const CLOSED_COLLECTIONS: readonly string[] = ['payload-kv', 'payload-migrations']

/** True when no request reaches the endpoint. @param key as `method /collection/path` */
export function isClosed(key: string): boolean {
  return CLOSED_COLLECTIONS.some((collection) => key.split(/[ /]+/)[1] === collection) || CLOSED_DOORS.includes(key) || CLOSED_DOORS.includes(key.replace(/^(\w+ )\/[^/]+/, '$1/*'))
}
