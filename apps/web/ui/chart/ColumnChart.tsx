import { useFormat } from '../../i18n/use-format.ts';
import classes from './chart.module.css';

interface ColumnChartProps {
  /** Says what is counted: "Changes a day". */
  label: string;
  points: { key: string; label: string; value: number }[];
  height?: number;
}

const gap = 0.22;

/** A few dozen columns over time. Each has its value as a title; the table behind is the page's business. */
export function ColumnChart({ label, points, height = 96 }: ColumnChartProps) {
  const format = useFormat();
  const highest = Math.max(1, ...points.map((point) => point.value));
  const summary = points.map((point) => `${point.label}: ${format.number(point.value)}`).join(', ');
  return (
    <figure className={classes.figure}>
      <svg
        viewBox={`0 0 ${points.length} 100`}
        preserveAspectRatio="none"
        width="100%"
        height={height}
        role="img"
        aria-label={`${label}. ${summary}`}
      >
        {points.map((point, index) => {
          const high = point.value === 0 ? 1 : Math.max(3, (point.value / highest) * 100);
          return (
            <g key={point.key}>
              <rect x={index} y={0} width={1} height={100} className={classes.hit}>
                <title>{`${point.label}: ${format.number(point.value)}`}</title>
              </rect>
              <rect
                x={index + gap / 2}
                y={100 - high}
                width={1 - gap}
                height={high}
                className={point.value === 0 ? classes.zero : classes.column}
              />
            </g>
          );
        })}
      </svg>
      <figcaption className={classes.axis} aria-hidden="true">
        <span>{points[0]?.label}</span>
        <span>{points.at(-1)?.label}</span>
      </figcaption>
    </figure>
  );
}
