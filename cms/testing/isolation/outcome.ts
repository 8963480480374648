/** How a part of the matrix came out: how many cells were asked, and each that is not as the table says, in words. */
export type Outcome = { cells: number; wrong: string[] }
