// @ts-check
/** Places circles in a rectangle: near their wished place, without overlap. The same input gives the same picture. */

const STEPS = 300;
const GAP = 6;
/** Room below a small circle for its name. */
const LABEL = 16;
/** How much of the rectangle the circles cover. */
const COVERED = 0.46;

/**
 * @param {{importance: number, x: number, y: number}[]} items x and y in −1…1
 * @param {{width: number, height: number}} size
 * @returns {{x: number, y: number, r: number}[]}
 */
export function arrange(items, { width, height }) {
  const total = items.reduce((sum, each) => sum + each.importance, 0) || 1;
  const largest = Math.min(width, height) * 0.31;
  const circles = items.map(({ importance, x, y }, index) => {
    const r = Math.min(largest, Math.max(15, Math.sqrt((COVERED * width * height * importance) / total / Math.PI)));
    // A tiny turn by the index parts those that would lie on one point.
    const angle = index * 2.4;
    return {
      r, x: (width * (1 + 0.62 * x)) / 2 + Math.cos(angle), y: (height * (1 - 0.62 * y)) / 2 + Math.sin(angle),
    };
  });
  for (let step = 0; step < STEPS; step += 1) {
    for (const one of circles) for (const other of circles) if (one !== other) part(one, other);
    for (const circle of circles) keepInside(circle, width, height);
  }
  return circles;
}

/** @typedef {{x: number, y: number, r: number}} Circle */

/**
 * Moves two circles apart that overlap, the smaller one more.
 * @param {Circle} one
 * @param {Circle} other
 */
function part(one, other) {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const distance = Math.hypot(dx, dy) || 0.01;
  const names = Math.abs(dy) > Math.abs(dx) ? LABEL : 0;
  const overlap = one.r + other.r + GAP + names - distance;
  if (overlap <= 0) return;
  const share = other.r ** 2 / (one.r ** 2 + other.r ** 2);
  const [ux, uy] = [dx / distance, dy / distance];
  one.x -= ux * overlap * share * 0.5;
  one.y -= uy * overlap * share * 0.5;
  other.x += ux * overlap * (1 - share) * 0.5;
  other.y += uy * overlap * (1 - share) * 0.5;
}

/**
 * @param {Circle} circle
 * @param {number} width
 * @param {number} height
 */
function keepInside(circle, width, height) {
  const side = Math.max(circle.r + 2, 34);
  circle.x = Math.min(width - side, Math.max(side, circle.x));
  circle.y = Math.min(height - circle.r - LABEL, Math.max(circle.r + 2, circle.y));
}
