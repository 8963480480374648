/** A path as it may stand in a log: long words in it are keys, codes of letters and tokens of previews. */
export const unnamedPath = (path: string): string => path.replace(/[A-Za-z0-9_.%-]{32,}/g, '…')
