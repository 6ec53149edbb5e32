package org.tim4j.layers.kernel.block;

import java.util.Arrays;
import java.util.Map;

/** A TiM block on one sample in double precision, written after the specification. */
final class ReferenceBlock {
  private final Map<String, double[]> p;
  private final int heads;
  private final int gridWidth;

  ReferenceBlock(Map<String, double[]> parameters, int heads, int gridWidth) {
    this.p = parameters;
    this.heads = heads;
    this.gridWidth = gridWidth;
  }

  double[][] forward(double[][] x, double[] c, double[] delta) {
    int d = c.length;
    double[] mod =
        Reference.swiGlu(
            new double[][] {c},
            p.get("modW1"),
            p.get("modb1"),
            p.get("modW2"),
            p.get("modb2"),
            6 * d)[0];
    double[][] attended = attention(modulate(x, mod, 0, d), delta);
    double[][] middle = join(x, attended, mod, 2, d);
    double[][] h = modulate(middle, mod, 3, d);
    double[][] mlp =
        Reference.swiGlu(h, p.get("mlpW1"), p.get("mlpb1"), p.get("mlpW2"), p.get("mlpb2"), d);
    return join(middle, mlp, mod, 5, d);
  }

  private static double[][] modulate(double[][] x, double[] mod, int shift, int d) {
    double[][] h = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      h[i] = Reference.layerNorm(x[i], 1e-6);
      for (int j = 0; j < d; j++) {
        h[i][j] = h[i][j] * (1 + mod[(shift + 1) * d + j]) + mod[shift * d + j];
      }
    }
    return h;
  }

  private static double[][] join(double[][] x, double[][] branch, double[] mod, int gate, int d) {
    double[][] y = new double[x.length][d];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < d; j++) {
        y[i][j] = x[i][j] + mod[gate * d + j] * branch[i][j];
      }
    }
    return y;
  }

  private double[][] attention(double[][] h, double[] delta) {
    int d = h[0].length;
    int size = d / heads;
    double[][] qkv = Reference.linear(h, p.get("qkvW"), p.get("qkvb"), 3 * d);
    if (p.containsKey("intervalW")) {
      double[] add = Reference.linear(new double[][] {delta}, p.get("intervalW"), null, 3 * d)[0];
      for (double[] row : qkv) {
        for (int j = 0; j < 3 * d; j++) {
          row[j] += add[j];
        }
      }
    }
    double[][] joined = new double[h.length][d];
    for (int head = 0; head < heads; head++) {
      double[][] q = new double[h.length][];
      double[][] k = new double[h.length][];
      double[][] v = new double[h.length][];
      for (int i = 0; i < h.length; i++) {
        q[i] = normAndRotate(qkv[i], head * size, size, "q", i);
        k[i] = normAndRotate(qkv[i], d + head * size, size, "k", i);
        v[i] = Arrays.copyOfRange(qkv[i], 2 * d + head * size, 2 * d + (head + 1) * size);
      }
      double[][] out = Reference.attention(q, k, v);
      for (int i = 0; i < h.length; i++) {
        System.arraycopy(out[i], 0, joined[i], head * size, size);
      }
    }
    return Reference.linear(joined, p.get("projW"), p.get("projb"), d);
  }

  private double[] normAndRotate(double[] row, int from, int size, String which, int token) {
    double[] head = Arrays.copyOfRange(row, from, from + size);
    if (p.containsKey(which + "NormGain")) {
      head = Reference.layerNorm(head, 1e-5);
      for (int j = 0; j < size; j++) {
        head[j] = head[j] * p.get(which + "NormGain")[j] + p.get(which + "NormBias")[j];
      }
    }
    return Reference.rotate(head, token % gridWidth, token / gridWidth);
  }
}
