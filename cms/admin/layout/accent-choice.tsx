'use client'

import { isLocked, LockNote, SleepNote } from './lock-note.tsx'
import type { PartProps } from './part-props.ts'

/** The accent colour, by name and swatch; the first is the province's. */
export function AccentChoice({ manifest, choices, change, isReadOnly }: PartProps) {
  const { accents } = manifest
  const isFixed = isLocked(manifest, 'accent')
  const isKnown = accents.some(({ key }) => key === choices.accent)
  const chosen = !isFixed && isKnown ? choices.accent! : accents[0]!.key
  return (
    <section className="cluster-layout__part" aria-labelledby="cluster-accent">
      <h3 id="cluster-accent">主色</h3>
      {choices.accent !== null && (isFixed || !isKnown) ? <SleepNote what="您选的主色" onDrop={isReadOnly ? null : () => change({ accent: null })} /> : null}
      {isFixed ? <LockNote manifest={manifest} slot="accent" /> : (
        <fieldset className="cluster-swatches" disabled={isReadOnly}>
          <legend className="cluster-visually-hidden">主色</legend>
          {accents.map(({ key, name, light }, index) => (
            <label key={key} className="cluster-swatch">
              <input type="radio" name="cluster-accent" checked={chosen === key} onChange={() => change({ accent: index === 0 ? null : key })} />
              <span className="cluster-swatch__colour" style={{ background: light.accent }} aria-hidden="true" />
              {name}{index === 0 ? '（全省默认）' : ''}
            </label>
          ))}
        </fieldset>
      )}
    </section>
  )
}
