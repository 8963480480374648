/** The thirteen cities where they lie, roughly: column and row of a grid, from the north-west. */
export const TILES: Readonly<Record<string, readonly [column: number, row: number]>> = {
  xuzhou: [1, 1], lianyungang: [4, 1],
  suqian: [2, 2], huaian: [3, 2], yancheng: [4, 2],
  yangzhou: [2, 3], taizhou: [3, 3], nantong: [5, 3],
  nanjing: [1, 4], zhenjiang: [2, 4], changzhou: [3, 4], wuxi: [4, 4], suzhou: [5, 4],
}
