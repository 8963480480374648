import type { Figure } from '../measurement.ts'
import { readLoadedDocuments } from '../loaded-documents.ts'
import { summarise } from '../percentile.ts'
import { signIn } from '../sign-in.ts'

const LOOKS = 60

/** How long the province's overview takes, asked for by its administrator. */
export const dashboard: Figure = {
  name: 'dashboard',
  label: '全省总览',
  measure: async ({ cluster }) => {
    const person = await signIn(cluster(), { duty: 'province-admin', site: 'jiangsu' })
    const look = async () => {
      const { ms, status, body } = await person.call('GET', '/api/dashboard')
      if (status !== 200) throw new Error(`the dashboard answers ${status} ${body.toString('utf8').slice(0, 200)}`)
      return ms
    }
    // The first one opens connections.
    await look()
    const series: number[] = []
    for (let number = 0; number < LOOKS; number += 1) series.push(await look())
    const details = summarise(series)
    const documents = await readLoadedDocuments(cluster().env)
    return [{
      figure: 'dashboard', label: '总览（p95）', unit: 'ms', bound: { atMost: 300 }, measured: details.p95, details,
      note: `${details.count} 次，p50 ${Math.round(details.p50)}，公开内容 ${documents.length} 篇`,
    }]
  },
}
