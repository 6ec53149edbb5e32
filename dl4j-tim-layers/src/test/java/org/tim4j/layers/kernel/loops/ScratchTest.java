package org.tim4j.layers.kernel.loops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.kernel.memory.Matrix;

class ScratchTest {
  private final Scratch scratch = new Scratch();

  @AfterEach
  void close() {
    scratch.close();
  }

  @Test
  void whatAScopeGivesBackComesAgain() {
    float[] outer;
    float[] inner;
    long place;
    try (Scratch.Scope scope = scratch.open()) {
      outer = scope.row(5);
      try (Scratch.Scope nested = scratch.open()) {
        inner = nested.row(5);
        place = nested.matrix(3, 4).memory().address();
      }
      assertNotSame(outer, inner);
      assertSame(inner, scope.row(5));
      assertEquals(place, scope.matrix(3, 4).memory().address());
    }
    try (Scratch.Scope scope = scratch.open()) {
      assertSame(outer, scope.row(5));
    }
  }

  @Test
  void aRowOfZerosIsZeroEachTime() {
    for (int i = 0; i < 2; i++) {
      try (Scratch.Scope scope = scratch.open()) {
        float[] row = scope.zeroRow(3);
        assertEquals(0f, row[0] + row[1] + row[2]);
        row[1] = 7;
      }
    }
  }

  @Test
  void matricesOfAScopeDoNotOverlap() {
    try (Scratch.Scope scope = scratch.open()) {
      Matrix a = scope.spread(2, 3);
      Matrix b = scope.matrix(2, 3);
      a.fill(new float[] {1, 1, 1});
      b.fill(new float[] {2, 2, 2});
      float[] row = new float[3];
      a.read(1, row);
      assertEquals(3f, row[0] + row[1] + row[2]);
    }
  }

  @Test
  void onlyTheInnermostScopeGivesMemory() {
    try (Scratch.Scope outer = scratch.open();
        Scratch.Scope inner = scratch.open()) {
      assertEquals(16, inner.row(1).length);
      assertThrows(IllegalStateException.class, () -> outer.row(1));
      assertThrows(IllegalStateException.class, () -> outer.matrix(1, 1));
    }
  }

  @Test
  void anErrorClosesWhatWasOpenInside() {
    assertThrows(
        ArithmeticException.class,
        () -> {
          try (Scratch.Scope scope = scratch.open()) {
            scope.row(1);
            throw new ArithmeticException();
          }
        });
    try (Scratch.Scope scope = scratch.open()) {
      assertEquals(16, scope.row(1).length);
    }
  }
}
