/** Begins the message of every failure that another attempt may mend: jobs that wait for the engine are known by it. */
export const UNREACHABLE = 'search engine unreachable'

/** The engine does not answer, or not in time; the same will do later. */
export class SearchEngineUnreachable extends Error {
  override name = 'SearchEngineUnreachable'
}

/** The engine answered, and refused. */
export class SearchEngineRefused extends Error {
  override name = 'SearchEngineRefused'
}
