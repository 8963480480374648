'use client'

/** The codes for the day when the telephone is lost: shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <section aria-labelledby="cluster-recovery-title">
      <h3 id="cluster-recovery-title">请保存这 10 个恢复码</h3>
      <p>手机丢失或不在身边时，用一个恢复码代替动态验证码登录，每个只能用一次。<strong>离开这一页后不再显示</strong>，请抄写或打印，放在只有您能拿到的地方。</p>
      <ul className="cluster-codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <p className="cluster-row">
        <button type="button" className="cluster-button" onClick={() => window.print()}>打印</button>
        <button type="button" className="cluster-button cluster-button--main" onClick={onDone}>我已保存好</button>
      </p>
    </section>
  )
}
