import type { CaseResult } from './run-case.ts'

/** One result as a row of the table below: also told as soon as it is there, for a run that is stopped before its end. */
export function describeResult({ label, outcomes, saved, published, refusals, reading, faults, seconds }: CaseResult): string {
  const skipped = outcomes.flatMap((outcome) => outcome.skipped ?? [])
  const figures = outcomes.flatMap((outcome) => Object.entries(outcome.figures ?? {})).map(([name, value]) => `${name} ${value}`)
  const notes = [...skipped, ...figures].join('；')
  const read = `${reading.asked} 次，失败 ${reading.failed}，中断 ${reading.cutOff}，最慢 ${Math.round(reading.slowestMs)} ms`
  return `| ${label} | ${seconds} s | ${saved} / ${published} | ${refusals} | ${read} | ${faults.length === 0 ? '✓' : `✗ ${faults.length}`} | ${notes} |`
}

/** The results as a Markdown table, as it stands in the README. */
export function describeResults(results: readonly CaseResult[]): string {
  const lines = results.map(describeResult)
  return ['| 演练 | 用时 | 保存 / 发布 | 重做 | 读已存页面 | 结果 | 说明 |', '|---|---|---|---|---|---|---|', ...lines].join('\n')
}
