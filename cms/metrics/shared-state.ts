/**
 * A value that exists once in a process. Next builds each entry with modules of its own: what two of them are to share cannot lie in one.
 */
export function sharedState<T>(name: string, make: () => T): T {
  const key = Symbol.for(`cluster.${name}`)
  const home = globalThis as unknown as Record<symbol, T | undefined>
  return home[key] ??= make()
}
