using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Cpu.Tests;

/// <summary>
/// The run is on the machine it believes to be on. The same tests run at several vector widths, without fused multiply-add and on
/// another .NET; what each run asks for must be what it got.
/// </summary>
public class LeafTests
{
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;

    /// <summary>Bits of the longest vectors.</summary>
    public static int Width => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Whether the run asks for less than the machine has.</summary>
    public static bool IsNarrowed => Environment.GetEnvironmentVariable("STATICNET_EXPECT_WIDTH") is not null;

    /// <summary>Whether it is the latest .NET that is compiled for.</summary>
    public static bool IsOnLatestRuntime => Environment.Version.Major >= 10;

    [Fact]
    public void Vectors_are_as_wide_as_asked_for()
    {
        var expected = Environment.GetEnvironmentVariable("STATICNET_EXPECT_WIDTH");
        Assert.SkipWhen(expected is null, "STATICNET_EXPECT_WIDTH is not set.");
        Assert.Equal(expected, Width.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Fused_multiply_add_is_as_asked_for()
    {
        var expected = Environment.GetEnvironmentVariable("STATICNET_EXPECT_FMA");
        Assert.SkipWhen(expected is null, "STATICNET_EXPECT_FMA is not set.");
        Assert.Equal(expected, HasFusedMultiplyAdd ? "1" : "0");
    }

    [Fact]
    public void The_run_time_is_the_one_that_was_compiled_for()
    {
#if NET10_0_OR_GREATER
        Assert.Equal(10, Environment.Version.Major);
#else
        Assert.Equal(9, Environment.Version.Major);
#endif
    }
}
