// @ts-check
/** Places circles in a rectangle: near their wished place, without overlap of them or their labels. The same input gives the same picture. */

const STEPS = 400;
const GAP = 6;
/** How much of the rectangle the circles cover. */
const COVERED = 0.46;
const LEAST = 15;

/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: number, y: number, r: number, label: Size | null}} Circle */

/**
 * @param {{importance: number, x: number, y: number}[]} items x and y in −1…1
 * @param {Size} size
 * @param {(index: number, r: number) => Size | null} labelBelow the size of the name of a circle that it has no room for
 * @returns {Circle[]}
 */
export function arrange(items, { width, height }, labelBelow) {
  const total = items.reduce((sum, each) => sum + each.importance, 0) || 1;
  const largest = Math.min(width, height) * 0.31;
  const circles = items.map(({ importance, x, y }, index) => {
    const r = Math.min(largest, Math.max(LEAST, Math.sqrt((COVERED * width * height * importance) / total / Math.PI)));
    // A tiny turn by the index parts those that would lie on one point.
    const angle = index * 2.4;
    return {
      r, x: (width * (1 + 0.62 * x)) / 2 + Math.cos(angle), y: (height * (1 - 0.62 * y)) / 2 + Math.sin(angle), label: labelBelow(index, r),
    };
  });
  for (let step = 0; step < STEPS; step += 1) {
    for (const one of circles) {
      for (const other of circles) {
        if (one === other) continue;
        partCircles(one, other);
        if (one.label) partLabel(one, one.label, other);
        if (one.label && other.label) partLabels(one, one.label, other, other.label);
      }
    }
    for (const circle of circles) keepInside(circle, width, height);
  }
  return circles;
}

/**
 * @param {Circle} one
 * @param {Circle} other
 */
function partCircles(one, other) {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  push(one, other, dx, dy, one.r + other.r + GAP - Math.hypot(dx, dy));
}

/**
 * Parts the label of a circle from another circle.
 * @param {Circle} one
 * @param {Size} label
 * @param {Circle} other
 */
function partLabel(one, label, other) {
  const middle = middleOf(one, label);
  const dx = other.x - clamp(other.x, one.x - label.width / 2, one.x + label.width / 2);
  const dy = other.y - clamp(other.y, middle - label.height / 2, middle + label.height / 2);
  const distance = Math.hypot(dx, dy);
  if (distance) push(one, other, dx, dy, other.r + 2 - distance);
  else push(one, other, other.x - one.x, other.y - middle, other.r);
}

/**
 * @param {Circle} one
 * @param {Size} label
 * @param {Circle} other
 * @param {Size} otherLabel
 */
function partLabels(one, label, other, otherLabel) {
  const [dx, dy] = [other.x - one.x, middleOf(other, otherLabel) - middleOf(one, label)];
  const [overX, overY] = [(label.width + otherLabel.width) / 2 + GAP - Math.abs(dx), (label.height + otherLabel.height) / 2 + 2 - Math.abs(dy)];
  if (overX <= 0 || overY <= 0) return;
  if (overX < overY) push(one, other, Math.sign(dx) || 1, 0, overX);
  else push(one, other, 0, Math.sign(dy) || 1, overY);
}

/**
 * The middle of a label, which lies below its circle.
 * @param {Circle} circle
 * @param {Size} label
 */
const middleOf = (circle, label) => circle.y + circle.r + 2 + label.height / 2;

/**
 * Moves two circles apart in a direction, the smaller one more.
 * @param {Circle} one
 * @param {Circle} other
 * @param {number} dx
 * @param {number} dy
 * @param {number} overlap
 */
function push(one, other, dx, dy, overlap) {
  if (overlap <= 0) return;
  const length = Math.hypot(dx, dy) || 0.01;
  const share = other.r ** 2 / (one.r ** 2 + other.r ** 2);
  const [x, y] = [(dx / length) * overlap * 0.5, (dy / length) * overlap * 0.5];
  one.x -= x * share;
  one.y -= y * share;
  other.x += x * (1 - share);
  other.y += y * (1 - share);
}

/**
 * @param {Circle} circle
 * @param {number} width
 * @param {number} height
 */
function keepInside(circle, width, height) {
  const side = Math.max(circle.r, (circle.label?.width ?? 0) / 2) + 2;
  circle.x = clamp(circle.x, side, width - side);
  circle.y = clamp(circle.y, circle.r + 2, height - circle.r - 2 - (circle.label?.height ?? 0));
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
