package org.tim4j.layers.vertex;

import java.util.Locale;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.tim4j.layers.base.InvalidInputException;

/** Deeplearning4j's input types as shapes and back. */
final class InputTypes {
  private InputTypes() {}

  /**
   * Returns the type of a definition's output.
   *
   * @throws InvalidInputException if the inputs are not as many as the definition takes, or one has
   *     another shape or lies in memory in another way
   */
  static InputType output(VertexDefinition definition, InputType... inputs) {
    InputCount.require(definition.getClass().getSimpleName(), definition, inputs.length);
    long[][] shapes = new long[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      shapes[i] = shape(definition, definition.inputs().get(i), inputs[i]);
    }
    long[] shape = definition.outputShape(shapes);
    return switch (shape.length) {
      case 2 -> InputType.feedForward(shape[1]);
      case 3 -> InputType.recurrent(shape[2], shape[1], RNNFormat.NWC);
      case 4 -> image(shape, definition.outputFormat());
      default -> throw new IllegalStateException("no input type has rank " + shape.length);
    };
  }

  /** Returns whether a definition of one input reads it as a plain vector of this size. */
  static boolean takesVector(VertexDefinition definition, long size) {
    try {
      definition.outputShape(new long[] {-1, size});
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private static long[] shape(VertexDefinition definition, String input, InputType type) {
    if (type instanceof InputType.InputTypeRecurrent recurrent
        && recurrent.getFormat() != RNNFormat.NWC) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Input \"%s\" is declared as %s, but tokens lie as [batch, tokens, features]; declare it with InputType.recurrent(features, tokens, RNNFormat.NWC).",
              input,
              type));
    }
    if (type instanceof InputType.InputTypeConvolutional image
        && image.getFormat() != definition.inputFormat(input)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Input \"%s\" of %s is declared as %s, but it is read as %s; declare it with InputType.convolutional(height, width, channels, CNN2DFormat.%s), or give the layer before it that data format.",
              input,
              definition.getClass().getSimpleName(),
              type,
              definition.inputFormat(input),
              definition.inputFormat(input)));
    }
    if (type instanceof InputType.InputTypeConvolutionalFlat flat) {
      if (definition.inputs().size() == 1 && takesVector(definition, flat.getFlattenedSize())) {
        return new long[] {-1, flat.getFlattenedSize()};
      }
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Input \"%s\" is declared as a flat image; declare it with InputType.convolutional(height, width, channels) and give it as [batch, channels, height, width].",
              input));
    }
    return type.getShape(true);
  }

  private static InputType image(long[] shape, CNN2DFormat format) {
    return format == CNN2DFormat.NHWC
        ? InputType.convolutional(shape[1], shape[2], shape[3], format)
        : InputType.convolutional(shape[2], shape[3], shape[1], format);
  }
}
