import type { Figure } from '../measurement.ts'
import { round } from '../percentile.ts'

/** `npm start` on a data folder that is already filled, and what the first one took. */
export const start: Figure = {
  name: 'start',
  label: '启动',
  measure: async (bench) => {
    let cluster = await bench.restart()
    // Sources have changed since: building once is no part of an ordinary start.
    if (cluster.wasBuilding) cluster = await bench.restart()
    const { seedMs, loadMs } = bench.state
    return [
      {
        figure: 'start',
        label: '再次启动到就绪',
        unit: 's',
        bound: { atMost: 15 },
        measured: round(cluster.readyMs / 1000),
      },
      {
        figure: 'start',
        label: '写入演示内容（首次启动）',
        unit: 's',
        bound: null,
        measured: seedMs === null ? null : round(seedMs / 1000),
        ...(seedMs === null ? { note: '这个数据目录的首次启动没有计时' } : {}),
      },
      {
        figure: 'start',
        label: '真实文件导入、签批、发布并建好索引',
        unit: 's',
        bound: null,
        measured: loadMs === null ? null : round(loadMs / 1000),
        ...(loadMs === null ? { note: '没有真实文件，或装入时中断过' } : {}),
      },
    ]
  },
}
