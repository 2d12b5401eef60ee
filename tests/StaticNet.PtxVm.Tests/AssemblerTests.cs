using System.Diagnostics;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

/// <summary>
/// What the machine takes is PTX: NVIDIA's assembler takes it too. Its path is in STATICNET_PTXAS; version 11.4 or later is needed, no GPU.
/// </summary>
public class AssemblerTests
{
    [Fact]
    public void Every_form_of_the_table_is_assembled() => Assemble(Ptx.Kernel(".param .align 16 .b8 parameter[64]",
        FormText.Registers + "LABEL:\n" + string.Join('\n', InstructionForms.All.SelectMany(FormText.Of)), ".const .align 16 .b8 constants[64];"));

    [Fact]
    public void Gemm_is_assembled() => Assemble(GemmText.Write());

    private static void Assemble(string text)
    {
        var assembler = Environment.GetEnvironmentVariable("STATICNET_PTXAS");
        Assert.SkipWhen(string.IsNullOrEmpty(assembler), "STATICNET_PTXAS names no assembler.");
        var folder = Directory.CreateTempSubdirectory("ptx");
        try
        {
            var (source, target) = (Path.Combine(folder.FullName, "a.ptx"), Path.Combine(folder.FullName, "a.cubin"));
            File.WriteAllText(source, text);
            using var process = Process.Start(new ProcessStartInfo(assembler!, ["-arch=sm_80", source, "-o", target]) { RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
