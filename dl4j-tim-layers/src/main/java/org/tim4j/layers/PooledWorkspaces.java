package org.tim4j.layers;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the vertices of a {@link NetworkPass} find memory: what they return comes from a pool, what
 * they need while they compute lies in a workspace that all vertices share in turn.
 */
final class PooledWorkspaces extends LayerWorkspaceMgr {
  private static final String WORKING_MEMORY = "TIM_VERTEX_WORKING_MEMORY";
  private static final EnumSet<ArrayType> WORKING =
      EnumSet.of(ArrayType.FF_WORKING_MEM, ArrayType.BP_WORKING_MEM);
  private static final EnumSet<ArrayType> POOLED =
      EnumSet.of(ArrayType.ACTIVATIONS, ArrayType.ACTIVATION_GRAD);
  private static final WorkspaceConfiguration GROWING =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .overallocationLimit(0.02)
          .policyLearning(LearningPolicy.OVER_TIME)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .policySpill(SpillPolicy.REALLOCATE)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .build();

  private final ActivationPool pool;

  PooledWorkspaces(ActivationPool pool) {
    super(EnumSet.complementOf(WORKING), forWorking(GROWING), forWorking(WORKING_MEMORY));
    this.pool = pool;
  }

  private static <T> Map<ArrayType, T> forWorking(T value) {
    Map<ArrayType, T> map = new EnumMap<>(ArrayType.class);
    WORKING.forEach(type -> map.put(type, value));
    return map;
  }

  @Override
  public INDArray createUninitialized(
      ArrayType arrayType, DataType dataType, long[] shape, char order) {
    return POOLED.contains(arrayType) && order == 'c'
        ? pool.take(dataType, shape)
        : super.createUninitialized(arrayType, dataType, shape, order);
  }
}
