using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

public class ParserTests
{
    private const string Registers = ".reg .pred %p<2>; .reg .b32 %r<4>; .reg .f32 %f<4>; .reg .u32 %u<2>; .reg .b64 %d<4>;\n";

    [Theory]
    [InlineData("foo.b32 %r0, %r1;", "unknown opcode 'foo'")]
    [InlineData("add.ftz.f32 %f0, %f1, %f2;", "unknown modifier '.ftz' of 'add'")]
    [InlineData("add.rz.f32 %f0, %f1, %f2;", "unknown modifier '.rz' of 'add'")]
    [InlineData("add.f32.rn %f0, %f1, %f2;", "is not in the subset")]
    [InlineData("add.u32 %r0, %r9, %r1;", "register '%r9' is not declared")]
    [InlineData("add.f32 %u0, %f1, %f2;", "register '%u0' of type .u32 where .f32 is needed")]
    [InlineData("add.u32 %r0, %f0, %r1;", "register '%f0' of type .f32 where .u32 is needed")]
    [InlineData("add.u32 %r0, %d0, %r1;", "register '%d0' of type .b64 where .u32 is needed")]
    [InlineData("add.u32 %r0, %r1;", "'add' has 3 operands, not 2")]
    [InlineData("add.f32 %f0, %f1, 1;", "an integer constant where .f32 is needed")]
    [InlineData("add.f32 %f0, %f1, 0f3F8000;", "no float of 8 hexadecimal digits")]
    [InlineData("add.u32 %r0, %r1, 4294967296;", "does not fit .u32")]
    [InlineData("add.u32 %r0, %tid.x, 1;", "a register or constant of type .u32 expected")]
    [InlineData("mov.u32 %tid.x, %r0;", "expected")]
    [InlineData("@%r0 bra END;", "guard '%r0' is no predicate")]
    [InlineData("bra NOWHERE;", "'NOWHERE' is not declared")]
    [InlineData("ld.global.v4.f32 {%f0, %f1}, [%d0];", "a vector of 4 expected")]
    [InlineData("ld.global.f32 %f0, [%r0];", "register '%r0' of type .b32 is no .global address")]
    [InlineData("ld.global.f32 %f0, [%f1];", "is no .global address")]
    [InlineData("ld.global.f32 %f0, [%d0-4];", "']' expected")]
    [InlineData("ld.f32 %f0, [%d0];", "is not in the subset")]
    [InlineData("ld.param.u32 %r0, [q];", "there is no parameter 'q'")]
    [InlineData("ld.param.u64 %d0, [n];", "parameter 'n' has 4 bytes")]
    [InlineData("st.shared.f32 [buffer], %f0;", "there is no shared array 'buffer'")]
    [InlineData("ld.const.f32 %f0, [table];", "there is no constant 'table'")]
    [InlineData("setp.lt.b32 %p0, %r0, %r1;", "is not in the subset")]
    [InlineData("setp.lt.u32 %r0, %r0, %r1;", "where .pred is needed")]
    [InlineData("mul.u32 %r0, %r1, %r2;", "is not in the subset")]
    [InlineData("cvt.f32.s32 %f0, %r0;", "is not in the subset")]
    [InlineData(".reg .b32 %r0;", "register '%r0' is declared twice")]
    [InlineData(".reg .b8 %x;", "registers have 16 bits or more")]
    [InlineData("END: ret;", "label 'END' is there twice")]
    [InlineData("add.u32 %r0, %r1, %r2", "';' expected")]
    [InlineData("add.u32 %r0, %r1, #2;", "unexpected character '#'")]
    public void Parse_of_what_is_not_in_the_subset_says_what_and_where(string line, string problem)
    {
        var source = Ptx.Kernel(".param .u32 n", Registers + "END:\n" + line);

        var error = Assert.Throws<PtxSyntaxException>(() => Decoder.Decode(PtxModule.Parse(source)["k"]));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal(source.Split('\n').ToList().FindLastIndex(text => text == line) + 1, error.Line + (error.Text == line ? 0 : -1));
    }

    [Theory]
    [InlineData(".version 7.0\n.target sm_80\n.address_size 64", ".version 7.0 is not supported")]
    [InlineData(".version 7.4\n.target sm_75\n.address_size 64", ".target sm_75 is not supported")]
    [InlineData(".version 7.4\n.target sm_80\n.address_size 32", "only 64-bit addresses")]
    [InlineData(".version 7.4\n.address_size 64", ".target expected")]
    [InlineData(Ptx.Head + ".visible .func f() { }", ".entry expected")]
    [InlineData(Ptx.Head + ".global .f32 x;", "unknown directive '.global'")]
    [InlineData(Ptx.Head + ".visible .entry k() .pragma { }", "unknown directive '.pragma'")]
    [InlineData(Ptx.Head + ".visible .entry k() {", "before 'the end'")]
    [InlineData(Ptx.Head + ".extern .shared .align 16 .b8 x[4];", "an external array has no size")]
    [InlineData(Ptx.Head + ".const .u8 x[2] = {1, 2, 3};", "more values than the array has")]
    [InlineData(Ptx.Head + ".const .u8 x = 256;", "256 does not fit .u8")]
    [InlineData(Ptx.Head + "/* no end", "comment without an end")]
    public void Parse_of_another_head_says_what_is_wrong(string source, string problem) =>
        Assert.Contains(problem, Assert.Throws<PtxSyntaxException>(() => PtxModule.Parse(source)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_gives_parameters_and_shared_arrays_aligned_places()
    {
        var kernel = PtxModule.Parse($$"""
            {{Ptx.Head}}
            .extern .shared .align 128 .b8 dyn[];
            .shared .align 16 .b8 tile[40]; // after whatever the kernel names first
            .visible .entry k(.param .u32 a, .param .u64 b, .param .align 16 .b8 c[20])
            .maxntid 128, 1, 1
            .minnctapersm 2
            {
            .shared .f32 own;
            .reg .b32 %r<2>, %x;
            mov.u32 %r0, tile;
            mov.u32 %r1, dyn; /* in a
            comment */ mov.u32 %x, own;
            ret;
            }
            """)["k"];

        Assert.Equal([0, 8, 16], kernel.Parameters.Select(parameter => parameter.Offset));
        Assert.Equal(36, kernel.ParameterSize);
        Assert.Equal((0, 16, 128), (kernel.Shared["own"].Offset, kernel.Shared["tile"].Offset, kernel.Shared["dyn"].Offset));
        Assert.Equal(128, kernel.StaticSharedSize);
        Assert.Equal((128, 1, 1), kernel.MaximumThreads);
        Assert.Equal(3, kernel.Registers.Count);
    }

    [Fact]
    public void Every_form_of_the_table_is_parsed_and_decoded()
    {
        var lines = InstructionForms.All.SelectMany(FormText.Of).ToList();
        var source = Ptx.Kernel(".param .align 16 .b8 parameter[64]", FormText.Registers + "LABEL:\n" + string.Join('\n', lines), ".const .align 16 .b8 constants[64];");

        var program = Decoder.Decode(PtxModule.Parse(source)["k"]);

        Assert.Equal(lines.Count + 1, program.Instructions.Length);
        Assert.All(program.Instructions.SkipLast(1), (instruction, index) => Assert.Equal(lines[index], instruction.Text));
    }
}
