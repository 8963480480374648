/**
 * What the markup of a page is checked against, as the validator takes it: for the parts while they are made, and for
 * the real pages of a site before and after a switch.
 */
export const MARKUP_RULES = {
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    // Astro prints void elements, boolean attributes and the doctype in forms that are just as valid.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    // Titles of documents are as long as the documents' own names.
    'long-title': 'off',
    // Telephone numbers and addresses are the office's own text.
    'tel-non-breaking': 'off',
    // Scripts and styles come from the portal itself, with a digest in their name.
    'require-sri': 'off',
  },
} as const

/** Rules of that set that are about people who use an aid; the others are about valid HTML. */
export const ACCESSIBILITY_RULES = 'html-validate:a11y'
