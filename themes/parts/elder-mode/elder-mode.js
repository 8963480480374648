/*
 * Elder mode. Loaded in the head without defer, so that the size is right before the first paint; the switch itself is
 * a custom element that shows up only where scripts run. The choice stays in the reader's browser.
 */
;(() => {
  const KEY = 'elder-mode'
  const SIZES = { large: '大', larger: '特大', largest: '最大' }
  const root = document.documentElement

  const read = () => {
    try {
      return localStorage.getItem(KEY) ?? ''
    } catch {
      return ''
    }
  }
  const apply = (size) => {
    const isOn = size in SIZES
    if (isOn) {
      root.dataset.mode = 'elder'
      root.dataset.size = size
    } else {
      delete root.dataset.mode
      delete root.dataset.size
    }
    return isOn
  }
  const choose = (size) => {
    try {
      localStorage.setItem(KEY, size)
    } catch {
      /* A browser that keeps nothing still enlarges this page. */
    }
    const isOn = apply(size)
    for (const element of document.querySelectorAll('elder-switch')) element.show(isOn, size)
  }

  apply(read())

  customElements.define(
    'elder-switch',
    class extends HTMLElement {
      connectedCallback() {
        // The parser may not have reached the buttons yet when the element itself connects.
        if (document.readyState === 'loading')
          document.addEventListener('DOMContentLoaded', () => this.start(), { once: true })
        else this.start()
      }

      start() {
        this.toggle = this.querySelector('[data-toggle]')
        this.sizes = this.querySelector('[data-sizes]')
        this.toggle.addEventListener('click', () => choose(root.dataset.mode === 'elder' ? '' : 'large'))
        for (const button of this.sizes.querySelectorAll('button')) {
          button.addEventListener('click', () => choose(button.dataset.size))
        }
        this.show(root.dataset.mode === 'elder', root.dataset.size)
        this.hidden = false
      }

      show(isOn, size) {
        this.toggle.setAttribute('aria-pressed', String(isOn))
        this.sizes.hidden = !isOn
        for (const button of this.sizes.querySelectorAll('button')) {
          button.setAttribute('aria-pressed', String(button.dataset.size === size))
        }
      }
    },
  )
})()
