package org.tim4j.layers.kernel;

import java.util.List;

/**
 * Times t and r, each {@code [batch, 1]}, to {@code [φ(t) | ΔE(t, r)]}, {@code [batch, 2 D]}, where
 * ΔE is a sum of embeddings of t, r or t − r.
 */
public final class TransitionEmbeddingKernel extends SampleKernel {
  private static final int START = 0;
  private static final int END = 1;

  /** A number made of the two times that is embedded. */
  public enum Term {
    /** φ(t). */
    START,
    /** φ(r). */
    END,
    /** ψ(r). */
    OWN_END,
    /** ψ(t − r). */
    OWN_DIFFERENCE;

    private boolean isOwn() {
      return this == OWN_END || this == OWN_DIFFERENCE;
    }

    private int startFactor() {
      return this == START || this == OWN_DIFFERENCE ? 1 : 0;
    }

    private int endFactor() {
      return switch (this) {
        case START -> 0;
        case END, OWN_END -> 1;
        case OWN_DIFFERENCE -> -1;
      };
    }
  }

  private final SiluChain phi;
  private final SiluChain psi;
  private final List<Term> terms;
  private final Sinusoid sinusoid = new Sinusoid();
  private final int width;

  /**
   * @param layout parameters {@code tW1 … tb2} of φ and, unless ψ is φ, {@code dW1 … db2} of ψ
   * @param terms what is added up to ΔE
   */
  public TransitionEmbeddingKernel(ParameterLayout layout, List<Term> terms) {
    super(layout);
    phi = new SiluChain(layout, "t", 2);
    psi = layout.contains("dW1") ? new SiluChain(layout, "d", 2) : phi;
    this.terms = List.copyOf(terms);
    width = phi.out();
  }

  private SiluChain chain(Term term) {
    return term.isOwn() ? psi : phi;
  }

  @Override
  void forward(Share share, FloatTensor output, Keep keep) {
    Worker worker = share.worker();
    Rows y = share.part(output);
    Rows part = worker.scratchRows(share.samples(), width);
    embed(share, Term.START, part);
    copy(worker, part, y, 0);
    for (int i = 0; i < terms.size(); i++) {
      embed(share, terms.get(i), part);
      if (i == 0) {
        copy(worker, part, y, width);
      } else {
        add(worker, part, y);
      }
    }
  }

  private void embed(Share share, Term term, Rows out) {
    Worker worker = share.worker();
    int mark = worker.scratch().mark();
    Rows waves = waves(share, term);
    chain(term).forward(worker, share.weights(), waves, out);
    worker.scratch().release(mark);
  }

  private Rows waves(Share share, Term term) {
    Worker worker = share.worker();
    int mark = worker.markRows();
    Rows waves = worker.scratchRows(share.samples(), Sinusoid.WIDTH);
    float[] time = worker.row(1);
    float[] row = worker.row(Sinusoid.WIDTH);
    for (int i = 0; i < share.samples(); i++) {
      share.input(START).read(i, time);
      double number = (double) term.startFactor() * time[0];
      share.input(END).read(i, time);
      number += (double) term.endFactor() * time[0];
      sinusoid.forward(number, row);
      waves.write(i, row);
    }
    worker.releaseRows(mark);
    return waves;
  }

  @Override
  void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows dy = share.part(outputError);
    Rows error = worker.scratchRows(share.samples(), width);
    for (FloatTensor timeError : inputErrors) {
      if (timeError != null) {
        share.part(timeError).zero();
      }
    }
    take(worker, dy, 0, error);
    backward(share, gradients, Term.START, error, inputErrors);
    take(worker, dy, width, error);
    for (Term term : terms) {
      backward(share, gradients, term, error, inputErrors);
    }
  }

  private void backward(
      Share share, FloatMemory gradients, Term term, Rows error, FloatTensor[] timeErrors) {
    Worker worker = share.worker();
    int mark = worker.scratch().mark();
    Rows waves = waves(share, term);
    Rows dWaves = worker.scratchRows(share.samples(), Sinusoid.WIDTH);
    chain(term).backward(worker, share.weights(), gradients, waves, error, dWaves);
    int rowMark = worker.markRows();
    float[] wave = worker.row(Sinusoid.WIDTH);
    float[] dWave = worker.row(Sinusoid.WIDTH);
    for (int i = 0; i < share.samples(); i++) {
      waves.read(i, wave);
      dWaves.read(i, dWave);
      double slope = sinusoid.backward(wave, dWave);
      accumulate(share, timeErrors[START], i, term.startFactor() * slope);
      accumulate(share, timeErrors[END], i, term.endFactor() * slope);
    }
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  private static void accumulate(Share share, FloatTensor timeError, int sample, double amount) {
    if (timeError == null) {
      return;
    }
    int mark = share.worker().markRows();
    float[] sum = share.worker().row(1);
    Rows rows = share.part(timeError);
    rows.read(sample, sum);
    sum[0] += (float) amount;
    rows.write(sample, sum);
    share.worker().releaseRows(mark);
  }

  private void copy(Worker worker, Rows part, Rows y, int column) {
    int mark = worker.markRows();
    float[] row = worker.row(width);
    for (int i = 0; i < part.count(); i++) {
      part.read(i, row);
      y.write(i, column, row, width);
    }
    worker.releaseRows(mark);
  }

  private void add(Worker worker, Rows part, Rows y) {
    int mark = worker.markRows();
    float[] row = worker.row(width);
    float[] sum = worker.row(width);
    for (int i = 0; i < part.count(); i++) {
      part.read(i, row);
      y.read(i, width, sum, width);
      VectorMath.add(sum, row, width);
      y.write(i, width, sum, width);
    }
    worker.releaseRows(mark);
  }

  private void take(Worker worker, Rows dy, int column, Rows error) {
    int mark = worker.markRows();
    float[] row = worker.row(width);
    for (int i = 0; i < dy.count(); i++) {
      dy.read(i, column, row, width);
      error.write(i, row);
    }
    worker.releaseRows(mark);
  }
}
