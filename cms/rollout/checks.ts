/** What a page is checked for: its markup always, the whole set of accessibility rules where its layout has not been seen before. */
export type PageCheck = { html: string; isNewLayout: boolean }
/** Findings in sentences; empty where nothing is wrong. */
export type PageFindings = { markup: string[]; accessibility: string[] }
