// Lines raked around both soles like in sand: the only reward there is.
import { SOLE } from "../mark";

const PLACES = ["translate(-163 -212)", "translate(163 -212) scale(-1 1)"];
const APART = 34;
const LINE = 4;

export function Rakes({ count }: { count: number }) {
  const outwards = Array.from({ length: count }, (_, i) => i + 1).reverse();
  return (
    <g class="rakes" clip-path="url(#inside-ring)" data-rakes={count}>
      <clipPath id="inside-ring">
        <circle r="238" />
      </clipPath>
      {outwards.map((line) => (
        <Contour key={line} line={line} />
      ))}
    </g>
  );
}

/** Both soles' outlines, made so wide that only their rims stay, run together where they meet. */
function Contour({ line }: { line: number }) {
  return (
    <>
      {PLACES.map((place) => (
        <path
          key={place}
          class={`rake-${line}`}
          transform={place}
          d={SOLE}
          stroke-width={line * APART}
        />
      ))}
      {PLACES.map((place) => (
        <path
          key={`in ${place}`}
          class="rake-in"
          transform={place}
          d={SOLE}
          stroke-width={line * APART - LINE}
        />
      ))}
    </>
  );
}
