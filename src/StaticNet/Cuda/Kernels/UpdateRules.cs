namespace StaticNet.Cuda.Kernels;

/// <summary>An optimizer's rule as its kernel has it: the same operations in the same order as on the processor, so the same bits.</summary>
/// <param name="Formula">For the reader of the kernel.</param>
/// <param name="Numbers">The registers of what the rule's <c>Describe</c> writes, in its order.</param>
/// <param name="States">States of each parameter: %s and %u.</param>
/// <param name="Body">What happens to a parameter %w and its gradient %g; %t is free. A state that is subnormal is flushed to zero.</param>
internal sealed record UpdateRule(string Formula, string[] Numbers, int States, string Body);

/// <summary>The rules of all optimizers.</summary>
internal static class UpdateRules
{
    /// <summary>A rule by its name.</summary>
    public static UpdateRule Of(string name) => name switch
    {
        "sgd" => new("g += λ·w; w −= η·g", ["%minusRate", "%decay"], 0, """
                fma.rn.f32 %g#, %decay, %w#, %g#;
                fma.rn.f32 %w#, %minusRate, %g#, %w#;

            """),

        "sgd_momentum" => new("g += λ·w; v = μ·v + g; w −= η·v", ["%minusRate", "%decay", "%momentum"], 1, """
                fma.rn.f32 %g#, %decay, %w#, %g#;
                fma.rn.f32 %s#, %momentum, %s#, %g#;
                flush(%s#);
                fma.rn.f32 %w#, %minusRate, %s#, %w#;

            """),

        "sgd_nesterov" => new("g += λ·w; v = μ·v + g; w −= η·(g + μ·v)", ["%minusRate", "%decay", "%momentum"], 1, """
                fma.rn.f32 %g#, %decay, %w#, %g#;
                fma.rn.f32 %s#, %momentum, %s#, %g#;
                flush(%s#);
                fma.rn.f32 %t#, %momentum, %s#, %g#;
                fma.rn.f32 %w#, %minusRate, %t#, %w#;

            """),

        "adagrad" => new("g += λ·w; s += g²; w −= η·g / (√s + ε)", ["%minusRate", "%decay", "%epsilon"], 1, """
                fma.rn.f32 %g#, %decay, %w#, %g#;
                fma.rn.f32 %s#, %g#, %g#, %s#;
                flush(%s#);
                sqrt.rn.f32 %t#, %s#;
                add.rn.f32 %t#, %t#, %epsilon;
                div.rn.f32 %t#, %g#, %t#;
                fma.rn.f32 %w#, %minusRate, %t#, %w#;

            """),

        "rmsprop" => new("g += λ·w; s = α·s + (1 − α)·g²; w −= η·g / (√s + ε)", ["%minusRate", "%decay", "%old", "%fresh", "%epsilon"], 1, """
                fma.rn.f32 %g#, %decay, %w#, %g#;
                mul.rn.f32 %t#, %g#, %g#;
                mul.rn.f32 %t#, %fresh, %t#;
                fma.rn.f32 %s#, %old, %s#, %t#;
                flush(%s#);
                sqrt.rn.f32 %t#, %s#;
                add.rn.f32 %t#, %t#, %epsilon;
                div.rn.f32 %t#, %g#, %t#;
                fma.rn.f32 %w#, %minusRate, %t#, %w#;

            """),

        "rmsprop_momentum" => new(
            "g += λ·w; s = α·s + (1 − α)·g²; v = μ·v + g / (√s + ε); w −= η·v",
            ["%minusRate", "%decay", "%old", "%fresh", "%epsilon", "%momentum"],
            2,
            """
                fma.rn.f32 %g#, %decay, %w#, %g#;
                mul.rn.f32 %t#, %g#, %g#;
                mul.rn.f32 %t#, %fresh, %t#;
                fma.rn.f32 %s#, %old, %s#, %t#;
                flush(%s#);
                sqrt.rn.f32 %t#, %s#;
                add.rn.f32 %t#, %t#, %epsilon;
                div.rn.f32 %t#, %g#, %t#;
                fma.rn.f32 %u#, %momentum, %u#, %t#;
                flush(%u#);
                fma.rn.f32 %w#, %minusRate, %u#, %w#;

            """),

        "adam" => new(
            "g += λ·w; m = β₁·m + (1 − β₁)·g; v = β₂·v + (1 − β₂)·g²; w = κ·w − η/(1 − β₁ᵗ)·m / (√v/√(1 − β₂ᵗ) + ε)",
            ["%decay", "%keep", "%minusStep", "%old1", "%fresh1", "%old2", "%fresh2", "%rootCorrection", "%epsilon"],
            2,
            """
                fma.rn.f32 %g#, %decay, %w#, %g#;
                mul.rn.f32 %t#, %fresh1, %g#;
                fma.rn.f32 %s#, %old1, %s#, %t#;
                flush(%s#);
                mul.rn.f32 %t#, %g#, %g#;
                mul.rn.f32 %t#, %fresh2, %t#;
                fma.rn.f32 %u#, %old2, %u#, %t#;
                flush(%u#);
                sqrt.rn.f32 %t#, %u#;
                fma.rn.f32 %t#, %t#, %rootCorrection, %epsilon;
                div.rn.f32 %t#, %s#, %t#;
                mul.rn.f32 %w#, %w#, %keep;
                fma.rn.f32 %w#, %minusStep, %t#, %w#;

            """),

        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such rule."),
    };
}
