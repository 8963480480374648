'use client'

import { useEffect, useId, useRef } from 'react'
import { type Choices, choicesSchema, LINK_ADDRESS_LIMIT, LOCAL_LINKS_LIMIT } from '@cluster/shared/governance/templates/choices'
import { isLocked, LockNote, SleepNote } from './lock-note.tsx'
import type { PartProps } from './part-props.ts'

type Link = Choices['links'][number]
type Errors = Partial<Record<keyof Link, string>>

/** What is wrong with each link, field by field; the same rule as at the save. */
function errorsOf(links: Choices['links']): Errors[] {
  const parsed = choicesSchema.shape.links.safeParse(links)
  const issues = parsed.success ? [] : parsed.error.issues
  return links.map((_, index) => Object.fromEntries(issues.filter(({ path }) => path[0] === index).reverse().map(({ path, message }) => [String(path[1]), message])))
}

/** Links to other places of the region, in the office's order. */
export function LinkList({ manifest, choices, change, isReadOnly }: PartProps) {
  const { links } = choices
  const isFixed = isLocked(manifest, 'local-links')
  const errors = errorsOf(links)
  const list = useRef<HTMLOListElement>(null)
  const focusNext = useRef<string | null>(null)
  useEffect(() => {
    if (!focusNext.current) return
    list.current?.querySelector<HTMLElement>(focusNext.current)?.focus()
    focusNext.current = null
  }, [links])
  const set = (index: number, over: Partial<Link>) =>
    change({ links: links.map((link, place) => (place === index ? { ...link, ...over } : link)) }, `link-${index}-${Object.keys(over).join()}`)
  const move = (index: number, step: -1 | 1) => {
    const next = [...links]
    next.splice(index + step, 0, ...next.splice(index, 1))
    focusNext.current = `li:nth-child(${index + step + 1}) [data-control="${step < 0 ? 'up' : 'down'}"]:not(:disabled), li:nth-child(${index + step + 1}) input`
    change({ links: next })
  }
  const add = () => {
    focusNext.current = `li:nth-child(${links.length + 1}) input`
    change({ links: [...links, { label: '', href: '' }] })
  }
  return (
    <section className="cluster-layout__part" aria-labelledby="cluster-links">
      <h3 id="cluster-links">本地链接</h3>
      {isFixed ? (
        <>
          {links.length > 0 ? <SleepNote what={`您写的 ${links.length} 条本地链接`} onDrop={isReadOnly ? null : () => change({ links: [] })} /> : null}
          <LockNote manifest={manifest} slot="local-links" />
        </>
      ) : (
        <>
          {links.length === 0 ? <p className="cluster-hint">还没有本地链接。可以放当地政府网站、政务服务平台等，最多 {LOCAL_LINKS_LIMIT} 条。</p> : null}
          <ol ref={list} className="cluster-links">
            {links.map((link, index) => (
              <li key={index}>
                <LinkField label={`第 ${index + 1} 条名称`} value={link.label} error={errors[index]?.label} limit={16} isReadOnly={isReadOnly} onChange={(label) => set(index, { label })} />
                <LinkField label={`第 ${index + 1} 条网址`} value={link.href} error={errors[index]?.href} limit={LINK_ADDRESS_LIMIT} isReadOnly={isReadOnly} onChange={(href) => set(index, { href })} />
                {isReadOnly ? null : (
                  <span className="cluster-block__deeds">
                    <button type="button" className="cluster-button" data-control="up" disabled={index === 0} onClick={() => move(index, -1)}>上移<span className="cluster-visually-hidden">第 {index + 1} 条</span></button>
                    <button type="button" className="cluster-button" data-control="down" disabled={index === links.length - 1} onClick={() => move(index, 1)}>下移<span className="cluster-visually-hidden">第 {index + 1} 条</span></button>
                    <button type="button" className="cluster-button" onClick={() => change({ links: links.filter((_, place) => place !== index) })}>去掉<span className="cluster-visually-hidden">第 {index + 1} 条</span></button>
                  </span>
                )}
              </li>
            ))}
          </ol>
          {isReadOnly || links.length >= LOCAL_LINKS_LIMIT ? null : <button type="button" className="cluster-button" onClick={add}>添加一条链接</button>}
        </>
      )}
    </section>
  )
}

function LinkField({ label, value, error, limit, isReadOnly, onChange }: {
  label: string; value: string; error: string | undefined; limit: number; isReadOnly: boolean; onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <label className="cluster-link-field">
      {label}
      <input
        type="text" value={value} maxLength={limit} readOnly={isReadOnly} onChange={(event) => onChange(event.target.value)}
        {...(error ? { 'aria-invalid': true, 'aria-describedby': id } : {})}
      />
      {error ? <span id={id} className="cluster-bad">{error}</span> : null}
    </label>
  )
}
