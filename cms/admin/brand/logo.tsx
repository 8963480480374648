import { Mark } from './mark.tsx'

/** Above the sign-in form. */
export function Logo() {
  return (
    <div className="cluster-logo">
      <Mark />
      <div><strong>机构编制网站群</strong><span>管理后台</span></div>
    </div>
  )
}
