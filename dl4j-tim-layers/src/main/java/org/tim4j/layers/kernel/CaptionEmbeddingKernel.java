package org.tim4j.layers.kernel;

/** Caption features {@code [batch, length, features]}: layer norm with affine, then SwiGLU. */
public final class CaptionEmbeddingKernel extends SampleKernel {
  private final HeadNorm norm;
  private final SwiGlu unit;
  private final Bias bias;

  /**
   * @param layout parameters {@code gain}, {@code bias}, {@code W1}, {@code b1}, {@code W2}, {@code
   *     b2}
   */
  public CaptionEmbeddingKernel(ParameterLayout layout) {
    super(layout);
    unit = new SwiGlu(layout, "");
    norm = new HeadNorm(layout, "gain", "bias", unit.in());
    bias = new Bias(layout, "b2");
  }

  private Rows normalized(Share share) {
    Worker worker = share.worker();
    Rows x = share.input(0);
    Rows h = worker.scratchRows(x.count(), unit.in());
    int mark = worker.markRows();
    HeadNorm.Affine affine = norm.affine(worker, share.weights());
    float[] row = worker.row(unit.in());
    for (int i = 0; i < x.count(); i++) {
      x.read(i, row);
      norm.forward(affine, row, 0);
      h.write(i, row);
    }
    worker.releaseRows(mark);
    return h;
  }

  @Override
  void forward(Share share, FloatTensor output, Keep keep) {
    Worker worker = share.worker();
    Rows h = normalized(share);
    Rows y = share.part(output);
    unit.forward(worker, share.weights(), h, worker.scratchRows(h.count(), unit.keptWidth()), y);
  }

  @Override
  void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows h = normalized(share);
    Rows dy = share.part(outputError);
    Rows gateValue = worker.scratchRows(h.count(), unit.keptWidth());
    Rows y = worker.scratchRows(h.count(), unit.out());
    Rows dh = worker.scratchRows(h.count(), unit.in());
    unit.forward(worker, share.weights(), h, gateValue, y);
    bias.backward(worker, gradients, dy);
    unit.backward(worker, share.weights(), gradients, h, gateValue, dy, dh, 0f);
    backwardNorm(share, gradients, dh, inputErrors[0]);
  }

  private void backwardNorm(Share share, FloatMemory gradients, Rows dh, FloatTensor inputError) {
    Worker worker = share.worker();
    int mark = worker.markRows();
    HeadNorm.Affine affine = norm.affine(worker, share.weights());
    float[] row = worker.row(unit.in());
    float[] error = worker.row(unit.in());
    for (int i = 0; i < dh.count(); i++) {
      share.input(0).read(i, row);
      dh.read(i, error);
      norm.backward(affine, row, error, 0);
      if (inputError != null) {
        share.part(inputError).write(i, error);
      }
    }
    norm.accumulate(worker, gradients, affine);
    worker.releaseRows(mark);
  }
}
