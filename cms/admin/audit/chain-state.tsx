import type { ClusterState } from '../../operator/read-state.ts'
import { minuteOf } from '../dates.ts'
import { CheckButton } from './check-button.tsx'

/** A row waits for its seal no longer than this while all is well. */
const SEAL_WITHIN_SECONDS = 5

/** Whether the records are whole: the last check, what waits for its seal, and the head to keep outside. */
export function ChainState({ state: { audit, lastCheck } }: { state: ClusterState }) {
  const isLate = audit.oldestUnsealedSeconds > SEAL_WITHIN_SECONDS
  return (
    <section aria-labelledby="cluster-chain-state">
      <h2 id="cluster-chain-state">记录是否完整</h2>
      <p>每条记录提交后一秒内封存，后一条的封存值包含前一条的；改动或删除任何一条，核验时都会发现。已封存到第 {audit.sealed} 条。</p>
      {isLate ? <p className="cluster-bad">有 {audit.unsealed} 条记录等待封存，最早的已等 {Math.round(audit.oldestUnsealedSeconds)} 秒。后台任务程序可能没有运行，请联系运维人员。</p> : null}
      {lastCheck === null ? <p>还没有核验过；每天凌晨自动核验一次。</p>
        : <p>上次核验 {minuteOf(lastCheck.at)}，核对了 {lastCheck.sealedRows} 条：{lastCheck.isWhole ? <strong>完整</strong> : <strong className="cluster-bad">发现问题</strong>}。</p>}
      <CheckButton />
      <p className="cluster-hint"><a href="/api/audit/anchor" download>导出链头</a>：把当前的封存值存到本系统之外（如打印或刻盘）。以后核验时与它比对，可以发现整条链被重写。</p>
    </section>
  )
}
