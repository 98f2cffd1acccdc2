// Draws every <div data-chart data-option-id="..."> with one theme, light and dark. ECharts is loaded when first needed.
(() => {
  const library = document.currentScript.dataset.echarts;
  const drawn = new Map();
  let loading;

  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      if (window.echarts) { resolve(); return; }
      const script = document.createElement("script");
      script.src = library;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const formatter = (unit) => {
    const language = document.documentElement.lang;
    const style = unit === "%" ? { style: "percent", maximumFractionDigits: 1 }
      : unit ? { style: "currency", currency: unit, maximumFractionDigits: 0 } : { maximumFractionDigits: 1 };
    const whole = new Intl.NumberFormat(language, style);
    const short = new Intl.NumberFormat(language, { ...style, notation: "compact" });
    return { whole: (value) => (value == null || value === "-" ? "–" : whole.format(value)), short: (value) => short.format(value) };
  };

  // What every chart shares: no frame, few lines, direct labels, the interface's own type and colours
  const dressed = (option, element) => {
    const { unit = "", lying = false, ...rest } = option;
    const words = formatter(unit);
    const text = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, color: colour("--muted") };
    const axis = (given, isValue) => ({
      type: isValue ? "value" : "category",
      axisLine: { show: !isValue, lineStyle: { color: colour("--line") } },
      axisTick: { show: false },
      splitLine: { show: isValue, lineStyle: { color: colour("--line") } },
      splitNumber: 3,
      ...given,
      axisLabel: { ...text, hideOverlap: true, ...(isValue ? { formatter: words.short } : {}), ...given.axisLabel },
    });
    const several = rest.series.length > 1;
    const series = rest.series.map(({ tone = "well", ...one }) => ({
      barMaxWidth: 28,
      cursor: one.data.some((point) => point && point.url) ? "pointer" : "default",
      emphasis: { focus: several ? "series" : "none" },
      ...one,
      itemStyle: { color: colour(`--chart-${tone}`), borderRadius: one.stack ? 0 : lying ? [0, 4, 4, 0] : [4, 4, 0, 0], ...one.itemStyle },
      lineStyle: { width: 2.5, ...one.lineStyle },
      label: { ...text, color: colour("--ink"), formatter: ({ value }) => words.whole(value), ...one.label },
      endLabel: one.endLabel ? { ...text, color: colour(`--chart-${tone}`), ...one.endLabel } : undefined,
    }));
    const ends = series.some((one) => one.endLabel?.show);
    return {
      animation: !still(),
      animationDuration: 300,
      textStyle: text,
      grid: { left: 4, right: ends ? 96 : lying ? 64 : 12, top: 14, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      tooltip: {
        trigger: lying ? "item" : "axis",
        renderMode: "richText",
        confine: true,
        backgroundColor: colour("--raised"),
        borderColor: colour("--line"),
        textStyle: { ...text, color: colour("--ink") },
        axisPointer: { type: "line", lineStyle: { color: colour("--muted"), type: "dashed" } },
        valueFormatter: words.whole,
      },
      ...rest,
      xAxis: axis(rest.xAxis ?? {}, lying),
      yAxis: axis(rest.yAxis ?? {}, !lying),
      series,
    };
  };

  const draw = (element) => {
    const source = document.getElementById(element.dataset.optionId);
    if (!source) return;
    drawn.get(element)?.dispose();
    const chart = window.echarts.init(element, null, { renderer: "canvas" });
    chart.setOption(dressed(JSON.parse(source.textContent), element));
    chart.on("click", ({ data }) => { if (data?.url) window.location.assign(data.url); });
    drawn.set(element, chart);
    element.dataset.drawn = "yes";
    resizes.observe(element);
  };

  const resizes = new ResizeObserver((entries) => entries.forEach(({ target }) => drawn.get(target)?.resize()));

  const forget = () => {
    for (const [element, chart] of drawn) {
      if (element.isConnected) continue;
      chart.dispose();
      resizes.unobserve(element);
      drawn.delete(element);
    }
  };

  const drawAll = async () => {
    const waiting = [...document.querySelectorAll("[data-chart]")].filter((element) => !drawn.has(element));
    if (!waiting.length) return;
    await Promise.all([load(), document.fonts.ready]);
    waiting.forEach(draw);
  };

  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("htmx:afterSettle", () => { forget(); drawAll(); });
  document.addEventListener("vincle:theme", () => [...drawn.keys()].forEach(draw));
})();
