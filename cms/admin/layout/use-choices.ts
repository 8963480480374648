'use client'

import { useField } from '@payloadcms/ui'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Choices } from '@cluster/shared/governance/templates/choices'

type History = { past: Choices[]; future: Choices[] }
const NONE: History = { past: [], future: [] }
/** Steps that can be taken back on one open page. */
const STEPS = 100

export type Editing = {
  choices: Choices
  /** Takes new values for some of the choices. Changes with one `run` (a word being typed) are one step. */
  change: (changes: Partial<Choices>, run?: string) => void
  undo: (() => void) | null
  redo: (() => void) | null
}

/** The choices in the open form, with every step taken back and forth until the page is left. */
export function useChoices(): Editing {
  const order = useField<Choices['order'] | null>({ path: 'order' })
  const hidden = useField<Choices['hidden'] | null>({ path: 'hidden' })
  const accent = useField<string | null>({ path: 'accent' })
  const heroPicture = useField<number | { id: number } | null>({ path: 'heroPicture' })
  const links = useField<Choices['links'] | null>({ path: 'links' })
  const picture = typeof heroPicture.value === 'object' ? heroPicture.value?.id ?? null : heroPicture.value ?? null
  const choices = useMemo<Choices>(() => ({
    order: order.value ?? [], hidden: hidden.value ?? [], accent: accent.value || null, heroPicture: picture, links: links.value ?? [],
  }), [order.value, hidden.value, accent.value, picture, links.value])

  const write = useCallback((next: Choices) => {
    if (next.order !== choices.order) order.setValue(next.order)
    if (next.hidden !== choices.hidden) hidden.setValue(next.hidden)
    if (next.accent !== choices.accent) accent.setValue(next.accent)
    if (next.heroPicture !== choices.heroPicture) heroPicture.setValue(next.heroPicture)
    if (next.links !== choices.links) links.setValue(next.links)
  }, [choices, order.setValue, hidden.setValue, accent.setValue, heroPicture.setValue, links.setValue])

  const [history, setHistory] = useState(NONE)
  const run = useRef<string | undefined>(undefined)
  const change = useCallback((changes: Partial<Choices>, typed?: string) => {
    const isSameRun = typed !== undefined && run.current === typed
    run.current = typed
    if (!isSameRun) setHistory(({ past }) => ({ past: [...past, choices].slice(-STEPS), future: [] }))
    write({ ...choices, ...changes })
  }, [choices, write])
  const step = useCallback((from: 'past' | 'future') => {
    const to = from === 'past' ? 'future' : 'past'
    const wanted = history[from].at(-1)
    if (!wanted) return
    run.current = undefined
    setHistory({ ...history, [from]: history[from].slice(0, -1), [to]: [...history[to], choices] })
    write(wanted)
  }, [choices, history, write])

  const undo = history.past.length > 0 ? () => step('past') : null
  const redo = history.future.length > 0 ? () => step('future') : null
  useUndoKeys(undo, redo)
  return { choices, change, undo, redo }
}

/** Ctrl+Z and Ctrl+Y (or Ctrl+Shift+Z); while words are typed they belong to the words. */
function useUndoKeys(undo: (() => void) | null, redo: (() => void) | null): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isWriting = event.target instanceof HTMLElement && event.target.matches('input:not([type=radio], [type=checkbox]), textarea, [contenteditable=true]')
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isWriting) return
      const key = event.key.toLowerCase()
      const deed = key === 'z' && !event.shiftKey ? undo : key === 'y' || (key === 'z' && event.shiftKey) ? redo : null
      if (!deed) return
      event.preventDefault()
      deed()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [undo, redo])
}
