/** The product's own device: a seat of office as three lines. No emblem, no badge. */
export function Mark() {
  return (
    <svg className="cluster-mark" viewBox="0 0 46 46" aria-hidden="true" focusable="false">
      <rect width="46" height="46" rx="6" fill="var(--cluster-accent)" />
      <g fill="none" stroke="var(--cluster-on-accent)" strokeWidth="3" strokeLinecap="round"><path d="M23 10v6M11 36v-7h24v7M23 16v20" /></g>
      <circle cx="23" cy="10" r="3.4" fill="var(--cluster-on-accent)" />
    </svg>
  )
}
