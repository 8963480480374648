import { openSteward, rehearse } from '../rehearse-release.ts'
import type { Figure } from '../measurement.ts'
import { round } from '../percentile.ts'

/** Every site under a release that it does not run, page by page, without pictures. */
export const dryRun: Figure = {
  name: 'dry-run',
  label: '预演全部站点',
  measure: async (bench) => {
    const steward = await openSteward(bench)
    const { id, run, pages } = await rehearse(steward)
    await steward.step(id, 'cancel')
    if (run.state !== 'done' || run.finishedAt === null) throw new Error(`the dry run ended as ${run.state}`)
    return [{
      figure: 'dry-run',
      label: `预演 ${run.total} 个站点的全部页面类型`,
      unit: 's',
      bound: { atMost: 120 },
      measured: round((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000),
      note: `${pages} 个页面，${run.red.length} 个站点有不合格项`,
      details: { pages, red: run.red },
    }]
  },
}
